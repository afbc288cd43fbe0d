using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Grid.Node.Execution.Posix;

/// <summary>A null-terminated array of C strings, as execve(2) takes them.</summary>
internal sealed unsafe class CStrings : IDisposable
{
    private readonly int _count;

    public CStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++) Pointer[i] = Utf8StringMarshaller.ConvertToUnmanaged(strings[i]);
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++) Utf8StringMarshaller.Free(Pointer[i]);
        NativeMemory.Free(Pointer);
    }
}
