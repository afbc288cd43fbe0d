using System.Reflection;
using System.Reflection.Emit;

namespace Grid.Runtime.Calls;

/// <summary>How a method's return type maps to a call's result and back.</summary>
internal sealed class ReturnShape
{
    private readonly Type _returns;
    private readonly Type _result;
    private readonly bool _isStream;

    private ReturnShape(Type returns, Type result, bool isStream)
    {
        (_returns, _result, _isStream) = (returns, result, isStream);
        CallBase = (isStream ? typeof(StreamSource<>) : typeof(Call<>)).MakeGenericType(result);
        InvokeMethod = CallBase.GetMethod(isStream ? nameof(StreamSource<int>.Open) : nameof(Call<int>.Invoke), [typeof(object)])!;
        SendMethod = typeof(CallSender).GetMethod(isStream ? nameof(CallSender.Open) : nameof(CallSender.Send))!.MakeGenericMethod(result);
    }

    /// <summary>The class that the method's calls derive from.</summary>
    public Type CallBase { get; }

    public MethodInfo InvokeMethod { get; }

    public MethodInfo SendMethod { get; }

    public static ReturnShape Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask) || type == typeof(void))
            return new ReturnShape(type, typeof(Nothing), false);
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition == typeof(Task<>) || definition == typeof(ValueTask<>))
            return new ReturnShape(type, type.GetGenericArguments()[0], false);
        if (definition == typeof(IAsyncEnumerable<>))
            return new ReturnShape(type, type.GetGenericArguments()[0], true);
        throw new NotSupportedException($"{method.DeclaringType}.{method.Name} returns {type}: expected Task, ValueTask or IAsyncEnumerable");
    }

    /// <summary>On the stack: what the grain returned. Leaves what <see cref="InvokeMethod"/> returns.</summary>
    public void EmitToResult(ILGenerator il)
    {
        if (_isStream || IsGeneric(typeof(ValueTask<>)))
            return;
        if (IsGeneric(typeof(Task<>)))
            il.Emit(OpCodes.Newobj, typeof(ValueTask<>).MakeGenericType(_result).GetConstructor([_returns])!);
        else if (_returns == typeof(void))
            EmitDefault(il);
        else
            il.Emit(OpCodes.Call, typeof(Nothing).GetMethod(nameof(Nothing.From), [_returns])!);
    }

    /// <summary>On the stack: what <see cref="SendMethod"/> returned. Leaves what the interface's method returns.</summary>
    public void EmitFromAnswer(ILGenerator il)
    {
        if (_returns == typeof(void))
            il.Emit(OpCodes.Pop);
        else if (_returns == typeof(ValueTask))
            il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        else if (IsGeneric(typeof(ValueTask<>)))
            il.Emit(OpCodes.Newobj, _returns.GetConstructor([typeof(Task<>).MakeGenericType(_result)])!);
    }

    private bool IsGeneric(Type definition) => _returns.IsGenericType && _returns.GetGenericTypeDefinition() == definition;

    private static void EmitDefault(ILGenerator il)
    {
        var nothing = il.DeclareLocal(typeof(ValueTask<Nothing>));
        il.Emit(OpCodes.Ldloca, nothing);
        il.Emit(OpCodes.Initobj, typeof(ValueTask<Nothing>));
        il.Emit(OpCodes.Ldloc, nothing);
    }
}
