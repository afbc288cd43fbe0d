using System.Net;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Limits = Grid.Client.Limits;

namespace Grid.Tests.Client.Operators;

public sealed class Retries
{
    private static readonly DeploymentId SomeDeployment = new(Hash256.Parse("0x" + new string('1', 64)));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable)]
    [InlineData(HttpStatusCode.TooManyRequests, ProblemCodes.TooManyRequests)]
    public async Task What_may_pass_is_tried_again(HttpStatusCode status, string code)
    {
        using var operatorSide = new FakeOperator();
        using var client = operatorSide.Connect(null);
        for (var i = 0; i < Limits.MaxAttempts - 1; i++) operatorSide.Failures.Enqueue(_ => FakeOperator.Refusal(status, code, retryAfterMs: 10));

        Assert.Equal(operatorSide.Key.Address, (await client.GetOperatorAsync()).Operator);
    }

    [Fact]
    public async Task A_read_that_is_never_answered_was_unreachable()
    {
        using var operatorSide = new FakeOperator();
        using var client = operatorSide.Connect(null);
        for (var i = 0; i < Limits.MaxAttempts; i++) operatorSide.Failures.Enqueue(_ => throw new HttpRequestException("connection refused"));

        var failed = await Assert.ThrowsAsync<GridException>(() => client.GetOperatorAsync());

        Assert.Equal(GridErrorKind.Unreachable, failed.Kind);
        Assert.Equal(Limits.MaxAttempts, operatorSide.Asked.Count);
    }

    [Fact]
    public async Task A_change_that_is_never_answered_has_an_unknown_outcome()
    {
        using var operatorSide = new FakeOperator();
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);
        await client.GetAccountAsync(wallet.Address);
        for (var i = 0; i < Limits.MaxAttempts; i++) operatorSide.Failures.Enqueue(_ => throw new HttpRequestException("reset"));

        var failed = await Assert.ThrowsAsync<GridException>(() => client.CloseAsync(SomeDeployment));

        Assert.Equal(GridErrorKind.OutcomeUnknown, failed.Kind);
    }

    [Fact]
    public async Task A_refusal_is_final_and_keeps_its_code()
    {
        using var operatorSide = new FakeOperator();
        using var wallet = new Wallet(PrivateKey.Generate());
        using var client = operatorSide.Connect(wallet);
        operatorSide.Answers[ApiRoutes.Of(ApiRoutes.CloseDeployment, SomeDeployment.ToString())] = _ => FakeOperator.Refusal(HttpStatusCode.Forbidden, ProblemCodes.NotYours, "it is not yours.");

        var failed = await Assert.ThrowsAsync<GridException>(() => client.CloseAsync(SomeDeployment));

        Assert.Equal((GridErrorKind.Unauthorized, ProblemCodes.NotYours, 403), (failed.Kind, failed.Code, failed.Status));
        Assert.Single(operatorSide.Asked, asked => asked.EndsWith("/close", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_named_as_such()
    {
        using var operatorSide = new FakeOperator();
        using var client = operatorSide.Connect(null);
        operatorSide.Answers[ApiRoutes.Operator] = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>") };

        var failed = await Assert.ThrowsAsync<GridException>(() => client.GetOperatorAsync());

        Assert.Equal(GridErrorKind.BadAnswer, failed.Kind);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        using var operatorSide = new FakeOperator();
        using var client = operatorSide.Connect(null);
        operatorSide.Answers[ApiRoutes.Operator] = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) };

        var failed = await Assert.ThrowsAsync<GridException>(() => client.GetOperatorAsync());

        Assert.Equal(GridErrorKind.BadAnswer, failed.Kind);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
