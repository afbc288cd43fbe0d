using FsCheck;
using FsCheck.Fluent;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage;

/// <summary>Random turns of several activations of few grains give what a plain model of versioned cells gives, over restarts and broken commits.</summary>
public sealed class StoreModelTests
{
    private const int Activations = 3;
    private const int Keys = 2;

    public enum Act
    {
        Read,
        Write,
        Clear,
        Restart,
        WriteWithLostAnswer,
        WriteWithFailedFlush,
    }

    public sealed record Step(Act Act, int Activation, int Key);

    [Fact]
    public void Random_sequences_agree_with_the_model()
    {
        var step =
            from act in Gen.Frequency(
                (4, Gen.Constant(Act.Read)), (6, Gen.Constant(Act.Write)), (2, Gen.Constant(Act.Clear)), (1, Gen.Constant(Act.Restart)),
                (1, Gen.Constant(Act.WriteWithLostAnswer)), (1, Gen.Constant(Act.WriteWithFailedFlush)))
            from activation in Gen.Choose(0, Activations - 1)
            from key in Gen.Choose(0, Keys - 1)
            select new Step(act, activation, key);
        var property = Prop.ForAll(step.ListOf().ToArbitrary(), steps => AgreesWithModel([.. steps]).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60), property);
    }

    private static async Task<bool> AgreesWithModel(Step[] steps)
    {
        using var world = new World();
        foreach (var (number, step) in steps.Index()) await world.Do(step, number);
        await world.CheckEverything();
        return true;
    }

    /// <summary>The store with its activations, and beside it what each must see.</summary>
    private sealed class World : IDisposable
    {
        private readonly StoreFolder _folder = new();
        private readonly CommitFault _fault = new();
        private readonly long?[] _stored = new long?[Keys];
        private readonly int[] _changes = new int[Keys];
        private readonly GrainState<Sample>[,] _activations = new GrainState<Sample>[Activations, Keys];
        private readonly int[,] _seen = new int[Activations, Keys];
        private Grid.Runtime.Storage.SqliteStore _store;

        public World()
        {
            _store = _folder.Open(_fault.Through);
            for (var activation = 0; activation < Activations; activation++)
                for (var key = 0; key < Keys; key++)
                    _activations[activation, key] = new GrainState<Sample>(new Sample());
        }

        public async Task Do(Step step, int number)
        {
            var state = _activations[step.Activation, step.Key];
            switch (step.Act)
            {
                case Act.Read:
                    await Reload(step);
                    break;
                case Act.Restart:
                    _store.Dispose();
                    _store = _folder.Open(_fault.Through);
                    break;
                case Act.Clear:
                    await Change(step, null, () => _store.Storage().ClearStateAsync("sample", Id(step.Key), state));
                    break;
                case Act.Write:
                    await Change(step, number, () => Write(step, number));
                    break;
                case Act.WriteWithLostAnswer:
                    await BrokenWrite(step, number, CommitFault.Mode.AfterFlush);
                    break;
                case Act.WriteWithFailedFlush:
                    await BrokenWrite(step, number, CommitFault.Mode.BeforeFlush);
                    break;
            }
        }

        public async Task CheckEverything()
        {
            for (var key = 0; key < Keys; key++) await Reload(new Step(Act.Read, 0, key));
        }

        public void Dispose()
        {
            _store.Dispose();
            _folder.Dispose();
        }

        private async Task Change(Step step, long? value, Func<Task> change)
        {
            var expected = IsCurrent(step);
            var before = _stored[step.Key];
            if (!expected)
            {
                await Assert.ThrowsAsync<InconsistentStateException>(change);
                return;
            }
            await change();
            // Clearing a row that is not there changes nothing.
            if (value is null && before is null) return;
            _stored[step.Key] = value;
            _seen[step.Activation, step.Key] = ++_changes[step.Key];
        }

        /// <summary>An activation without a row agrees with every absence: there is no version of nothing.</summary>
        private bool IsCurrent(Step step) => _activations[step.Activation, step.Key].ETag is null
            ? _stored[step.Key] is null
            : _stored[step.Key] is not null && _seen[step.Activation, step.Key] == _changes[step.Key];

        private async Task BrokenWrite(Step step, long number, CommitFault.Mode mode)
        {
            var applies = IsCurrent(step);
            _fault.Arm(mode);
            await Assert.ThrowsAsync<Grid.Runtime.Storage.OutcomeUnknownException>(() => Write(step, number));
            if (applies && mode == CommitFault.Mode.AfterFlush)
            {
                _stored[step.Key] = number;
                _changes[step.Key]++;
            }
            await Reload(step);
        }

        private Task Write(Step step, long number)
        {
            var state = _activations[step.Activation, step.Key];
            state.State = new Sample { Number = number };
            return _store.Storage().WriteStateAsync("sample", Id(step.Key), state);
        }

        private async Task Reload(Step step)
        {
            var state = _activations[step.Activation, step.Key];
            await _store.Storage().ReadStateAsync("sample", Id(step.Key), state);
            Assert.Equal(_stored[step.Key] is not null, state.RecordExists);
            Assert.Equal(_stored[step.Key] ?? 0, state.State!.Number);
            _seen[step.Activation, step.Key] = _changes[step.Key];
        }

        private static Orleans.Runtime.GrainId Id(int key) => StoredSamples.Id("k" + key);
    }
}
