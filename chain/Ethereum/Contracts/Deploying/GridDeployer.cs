using System.Buffers.Binary;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Queue;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <param name="Transactions">In order, one a contract.</param>
public sealed record DeploymentReport(ChainDeployment Deployment, IReadOnlyList<MinedTransaction> Transactions);

/// <summary>
/// Puts a grid's contracts on a chain, from the embedded bytecode. Roles are granted by the constructors: there is no moment at which
/// somebody owns them.
/// </summary>
/// <param name="queue">The deployer's own.</param>
public sealed class GridDeployer(IChain chain, TransactionQueue queue, TimeProvider time)
{
    /// <summary>Returns when every contract is mined. Called again with the same plan, after a crash too, it sends nothing twice.</summary>
    /// <exception cref="ContractException">A contract is not where the plan has it, or was refused.</exception>
    public async Task<DeploymentReport> DeployAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        if (await chain.GetChainIdAsync(cancellationToken) is var chainId && chainId != plan.ChainId)
            throw new ContractException($"The plan is for chain {plan.ChainId}, the endpoint is chain {chainId}.");
        var steps = DeploymentStep.Of(plan);
        var requests = steps.Select(
            step => new NamedRequest("deploy " + step.Contract, new TransactionRequest(IdOf(plan, step), null, step.CreationCode)));
        var mined = await new TransactionRun(chain, queue, time).RunAsync([.. requests], cancellationToken);
        foreach (var (step, transaction) in steps.Zip(mined))
        {
            if (transaction.CreatedContract != step.Address)
                throw new ContractException(
                    $"{step.Contract} is at {transaction.CreatedContract}, not at {step.Address}: "
                    + $"another transaction of {plan.Deployer} took nonce {plan.FirstNonce} or one behind it. "
                    + "Make a new plan with a key that nobody else uses.");
        }

        return new DeploymentReport(plan.Deployment(), mined);
    }

    private static Hash256 IdOf(DeploymentPlan plan, DeploymentStep step)
    {
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, plan.FirstNonce);
        return Keccak256.Hash([.. Encoding.UTF8.GetBytes("grid.deploy.v1 " + step.Contract), .. plan.Deployer.ToByteArray(), .. nonce]);
    }
}
