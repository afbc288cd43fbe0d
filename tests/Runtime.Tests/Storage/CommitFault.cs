namespace Grid.Tests.Runtime.Storage;

/// <summary>Stands around a store's commits and breaks them on demand: before the flush, or between the flush and the answer.</summary>
internal sealed class CommitFault
{
    private Mode _mode;
    private int _spared;
    private int _broken;

    public enum Mode
    {
        BeforeFlush,
        AfterFlush,
    }

    /// <summary>Spares the next <paramref name="after"/> commits and breaks the <paramref name="times"/> that follow.</summary>
    public void Arm(Mode mode, int times = 1, int after = 0) => (_mode, _broken, _spared) = (mode, times, after);

    public void Through(Action commit)
    {
        var breaks = _spared == 0 && _broken > 0;
        if (breaks) _broken--;
        else if (_spared > 0) _spared--;
        if (breaks && _mode == Mode.BeforeFlush) throw new IOException("injected: the flush failed");
        commit();
        if (breaks) throw new IOException("injected: the connection was lost after the flush");
    }
}
