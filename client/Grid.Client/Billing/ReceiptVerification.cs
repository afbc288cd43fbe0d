using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>Checks a bill by its own signatures: the operator opened the lease, the node signed each receipt, each follows from the one before.</summary>
public static class ReceiptVerification
{
    /// <returns>What is wrong, in words; empty when the bill holds.</returns>
    public static ImmutableArray<string> Verify(LeaseReceipts bill, Address operatorIdentity, Eip712Domain domain)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var opening = bill.Opening;
        if (opening.Value.Lease != bill.Lease) faults.Add($"the opening is of lease {opening.Value.Lease}.");
        if (!opening.IsSignedBy(operatorIdentity, domain)) faults.Add($"the opening is not signed by the operator {operatorIdentity}.");

        var (seconds, previous) = (0L, Hash256.Zero);
        foreach (var entry in bill.Receipts)
        {
            CheckEntry(entry, opening.Value, operatorIdentity, domain, faults);
            var receipt = entry.Receipt.Value;
            if (receipt.Seconds < seconds) faults.Add($"the receipt of {receipt.Seconds} s comes after one of {seconds} s.");
            if (!previous.IsZero && receipt.Previous != previous) faults.Add($"the receipt of {receipt.Seconds} s does not follow the one before it.");
            (seconds, previous) = (receipt.Seconds, receipt.Digest(domain));
        }
        if (bill.Close is { } close && !close.IsSignedBy(operatorIdentity, domain)) faults.Add("the close is not signed by the operator.");
        return faults.ToImmutable();
    }

    private static void CheckEntry(ReceiptEntry entry, Opening opening, Address operatorIdentity, Eip712Domain domain, ImmutableArray<string>.Builder faults)
    {
        var receipt = entry.Receipt.Value;
        var name = $"the receipt of {receipt.Seconds} s";
        if (receipt.Lease != opening.Lease) faults.Add($"{name} is of lease {receipt.Lease}.");
        if (!entry.Receipt.IsSignedBy(opening.Provider.Value, domain)) faults.Add($"{name} is not signed by the provider {opening.Provider}.");
        if (!new Signed<Receipt>(receipt, entry.Operator).IsSignedBy(operatorIdentity, domain)) faults.Add($"{name} is not countersigned by the operator.");
        var charge = opening.RatePerHour.ChargeRoundedDown(Math.Max(0, receipt.Seconds));
        if (receipt.Charged != charge) faults.Add($"{name} charges {receipt.Charged}; {opening.RatePerHour.MicroUnits} an hour gives {charge}.");
        if (receipt.ContentHash != entry.Provenance.Hash()) faults.Add($"{name} does not cover the provenance that came with it.");
    }
}
