using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>Writes the class of an interface's references, and for each method the class of its calls, so that a call boxes nothing.</summary>
internal sealed class ReferenceEmitter
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly ConstructorInfo BaseConstructor = typeof(GrainReference).GetConstructor(AnyInstance, [typeof(ReferenceTarget)])!;

    private readonly GrainInterface _interface;
    private readonly ModuleBuilder _module;
    private readonly TypeBuilder _reference;

    private ReferenceEmitter(GrainInterface grainInterface)
    {
        _interface = grainInterface;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"{grainInterface.Name}.References"), AssemblyBuilderAccess.Run);
        _module = assembly.DefineDynamicModule("references");
        AccessGrant.To(assembly, _module, AssembliesOf(grainInterface));
        _reference = _module.DefineType($"{grainInterface.Name}Reference", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference));
        _reference.AddInterfaceImplementation(grainInterface.Type);
    }

    public static Func<ReferenceTarget, GrainReference> Emit(GrainInterface grainInterface)
    {
        var emitter = new ReferenceEmitter(grainInterface);
        for (var i = 0; i < grainInterface.Methods.Length; i++)
            emitter.EmitMethod(grainInterface.Methods[i].InterfaceMethod, i);
        return emitter.Finish();
    }

    private Func<ReferenceTarget, GrainReference> Finish()
    {
        var constructor = _reference.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(ReferenceTarget)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);

        var factory = _reference.DefineMethod("New", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainReference), [typeof(ReferenceTarget)]);
        il = factory.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
        return _reference.CreateType().GetMethod("New")!.CreateDelegate<Func<ReferenceTarget, GrainReference>>();
    }

    private void EmitMethod(MethodInfo method, int index)
    {
        var shape = ReturnShape.Of(method);
        var (constructor, fields) = EmitCallClass(method, index, shape);
        var types = ParameterTypes(method);
        var body = _reference.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            types);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, constructor);
        for (var i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, fields[i]);
        }

        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Call, shape.SendMethod);
        shape.EmitFromAnswer(il);
        il.Emit(OpCodes.Ret);
        _reference.DefineMethodOverride(body, method);
    }

    private (ConstructorInfo Constructor, FieldInfo[] Fields) EmitCallClass(MethodInfo method, int index, ReturnShape shape)
    {
        var call = _module.DefineType($"{_interface.Name}.{method.Name}{index}", TypeAttributes.Public | TypeAttributes.Sealed, shape.CallBase);
        var parameters = method.GetParameters();
        FieldInfo[] fields = [.. parameters.Select((p, i) => call.DefineField($"{p.Name}{i}", p.ParameterType, FieldAttributes.Public))];
        var invoke = call.DefineMethod(
            shape.InvokeMethod.Name,
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig,
            shape.InvokeMethod.ReturnType,
            [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        shape.EmitToResult(il);
        il.Emit(OpCodes.Ret);
        call.DefineMethodOverride(invoke, shape.InvokeMethod);
        var constructor = call.DefineDefaultConstructor(MethodAttributes.Public);
        call.CreateType();
        return (constructor, fields);
    }

    private static Type[] ParameterTypes(MethodInfo method)
    {
        if (method.IsGenericMethodDefinition || method.GetParameters().Any(p => p.ParameterType.IsByRef))
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: a grain method is not generic and has no ref, in or out parameters");
        return [.. method.GetParameters().Select(p => p.ParameterType)];
    }

    private static IEnumerable<Assembly> AssembliesOf(GrainInterface grainInterface) =>
        grainInterface.Methods
            .SelectMany(m => m.InterfaceMethod.GetParameters().Select(p => p.ParameterType).Append(m.InterfaceMethod.ReturnType))
            .SelectMany(WithTypeArguments)
            .Append(grainInterface.Type)
            .Append(typeof(ReferenceEmitter))
            .Select(t => t.Assembly)
            .Distinct();

    private static IEnumerable<Type> WithTypeArguments(Type type) =>
        type.HasElementType ? WithTypeArguments(type.GetElementType()!) : type.GetGenericArguments().SelectMany(WithTypeArguments).Append(type);
}
