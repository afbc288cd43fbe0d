using System.CommandLine;

namespace Grid.CommandLine.Audits;

/// <summary><c>grid audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create() =>
        new("audit", "Vouch for providers: tenants can ask for those whom an auditor of their choice has signed.")
    {
        AuditSignCommand.Create(),
    };
}
