using System.Diagnostics;
using System.Text.Json;

namespace Grid.CommandLine.Home;

/// <summary>What a running <c>grid up</c> leaves for the other commands.</summary>
/// <param name="StartedAtUnixMs">Of the process, so that another one with its id is not taken for it.</param>
/// <param name="DataFolder">Everything of this grid.</param>
/// <param name="IsKept">Whether the folder stays at its end.</param>
internal sealed record RunningGrid(int ProcessId, long StartedAtUnixMs, string DataFolder, Settings Settings, bool IsKept = false)
{
    /// <summary>Start times are read with the kernel's clock tick and a rounded boot time.</summary>
    private const long StartToleranceMs = 2000;

    /// <returns>Null where none runs; the file of one that died is then of no interest.</returns>
    public static RunningGrid? Find(GridHome home) => Read(home) is { } noted && noted.IsAlive() ? noted : null;

    /// <summary>Removes the folder of a grid that was killed and could not do so itself.</summary>
    /// <returns>The folder; null where there is nothing to remove.</returns>
    public static string? RemoveDead(GridHome home)
    {
        if (Read(home) is not { } noted || noted.IsAlive()) return null;
        File.Delete(home.LocalGridFile);
        if (noted.IsKept || !Directory.Exists(noted.DataFolder)) return null;
        Directory.Delete(noted.DataFolder, recursive: true);
        return noted.DataFolder;
    }

    public static RunningGrid OfThisProcess(string dataFolder, Settings settings, bool isKept)
    {
        using var process = Process.GetCurrentProcess();
        return new RunningGrid(process.Id, StartOf(process), dataFolder, settings, isKept);
    }

    /// <summary>Wholly or not at all, since other commands read it at any time.</summary>
    public void Write(GridHome home)
    {
        Directory.CreateDirectory(home.Folder);
        var temporary = $"{home.LocalGridFile}.{ProcessId}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, SettingsJson.Default.RunningGrid));
        File.Move(temporary, home.LocalGridFile, overwrite: true);
    }

    private static RunningGrid? Read(GridHome home)
    {
        if (!File.Exists(home.LocalGridFile)) return null;
        try
        {
            using var stream = File.OpenRead(home.LocalGridFile);
            return JsonSerializer.Deserialize(stream, SettingsJson.Default.RunningGrid);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
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
