using System.Reflection;

namespace Grid.Silo;

internal static class SiloVersion
{
    public static string Text { get; } =
        typeof(SiloVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
