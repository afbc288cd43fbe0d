using System.Reflection;

namespace Grid.Tests.Runtime.Surface;

/// <summary>The public members of the runtime's Orleans namespaces as text, a line each.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Assembly assembly) =>
        assembly.GetExportedTypes()
            .Where(type => type.Namespace is { } space && (space == "Orleans" || space.StartsWith("Orleans.", StringComparison.Ordinal)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(Lines);

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Kind(type)} {type.Namespace}.{Name(type)}{Bases(type)}";
        var members = type.IsEnum ? EnumMembers(type) : Members(type);
        foreach (var line in members.Order(StringComparer.Ordinal))
            yield return $"  {line}";
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors(Declared).Where(c => IsSeen(c) && !c.IsStatic).Select(c => $"{Access(c)}new({Parameters(c)})")
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsSeen)).Select(Property))
            .Concat(type.GetMethods(Declared).Where(m => IsSeen(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))).Select(Method));

    // A dot stands in the names of constructors and of explicit implementations.
    private static bool IsSeen(MethodBase member) =>
        (member.IsPublic || member.IsFamily || member.IsFamilyOrAssembly) && (member is ConstructorInfo || !member.Name.Contains('.', StringComparison.Ordinal));

    private static string Access(MethodBase member) => member.IsPublic ? "" : member.IsFamilyOrAssembly ? "protected internal " : "protected ";

    private static string Property(PropertyInfo property)
    {
        var seen = property.GetAccessors(true).Where(IsSeen).ToArray();
        var accessors = string.Concat(seen.Select(a => a.ReturnType == typeof(void) ? IsInit(a) ? " init;" : " set;" : " get;"));
        return $"{Access(seen[0])}{Static(seen[0])}{Name(property.PropertyType)} {property.Name} {{{accessors} }}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");

    private static string Method(MethodInfo method)
    {
        var arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Access(method)}{Static(method)}{Name(method.ReturnType)} {method.Name}{arguments}({Parameters(method)})";
    }

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : "")}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "default"}" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        Type[] uninteresting = [typeof(object), typeof(ValueType), typeof(Enum)];
        var inherited = type.BaseType is { } parent && !uninteresting.Contains(parent) ? [parent] : Type.EmptyTypes;
        var interfaces = type.IsEnum ? [] : type.GetInterfaces().Where(i => i.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true);
        var bases = inherited.Concat(interfaces.OrderBy(Name, StringComparer.Ordinal)).Select(Name).ToArray();
        return bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}
