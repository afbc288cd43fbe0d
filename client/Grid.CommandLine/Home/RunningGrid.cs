using System.Diagnostics;
using System.Text.Json;

namespace Grid.CommandLine.Home;

/// <summary>What a running <c>grid up</c> leaves for the other commands.</summary>
/// <param name="StartedAtUnixMs">Of the process, so that another one with its id is not taken for it.</param>
/// <param name="DataFolder">Everything of this grid; removed at its end.</param>
internal sealed record RunningGrid(int ProcessId, long StartedAtUnixMs, string DataFolder, Settings Settings)
{
    /// <summary>Start times are read with the kernel's clock tick and a rounded boot time.</summary>
    private const long StartToleranceMs = 2000;

    /// <returns>Null where none runs; the file of one that died is then of no interest.</returns>
    public static RunningGrid? Find(GridHome home)
    {
        if (!File.Exists(home.LocalGridFile)) return null;
        try
        {
            using var stream = File.OpenRead(home.LocalGridFile);
            return JsonSerializer.Deserialize(stream, SettingsJson.Default.RunningGrid) is { } running && running.IsAlive() ? running : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static RunningGrid OfThisProcess(string dataFolder, Settings settings)
    {
        using var process = Process.GetCurrentProcess();
        return new RunningGrid(process.Id, StartOf(process), dataFolder, settings);
    }

    /// <summary>Wholly or not at all, since other commands read it at any time.</summary>
    public void Write(GridHome home)
    {
        Directory.CreateDirectory(home.Folder);
        var temporary = $"{home.LocalGridFile}.{ProcessId}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, SettingsJson.Default.RunningGrid));
        File.Move(temporary, home.LocalGridFile, overwrite: true);
    }

    private bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return Math.Abs(StartOf(process) - StartedAtUnixMs) <= StartToleranceMs;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
}
