using System.Reflection;
using System.Reflection.Emit;

namespace Grid.Runtime.Calls;

/// <summary>
/// Lets an emitted assembly see internal types, as <see cref="DispatchProxy"/> does: the runtime honours
/// System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute by its name, whoever defines it.
/// </summary>
internal static class AccessGrant
{
    public static void To(AssemblyBuilder assembly, ModuleBuilder module, IEnumerable<Assembly> visible)
    {
        var constructor = DefineAttribute(module);
        foreach (var name in visible.Select(a => a.GetName().Name!))
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
    }

    private static ConstructorInfo DefineAttribute(ModuleBuilder module)
    {
        var type = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Class, typeof(Attribute));
        var usage = typeof(AttributeUsageAttribute);
        type.SetCustomAttribute(new CustomAttributeBuilder(
            usage.GetConstructor([typeof(AttributeTargets)])!, [AttributeTargets.Assembly], [usage.GetProperty("AllowMultiple")!], [true]));
        var name = type.DefineField("_assemblyName", typeof(string), FieldAttributes.Private);
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stfld, name);
        il.Emit(OpCodes.Ret);
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
