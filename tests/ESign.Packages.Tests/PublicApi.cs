using System.Reflection;
using System.Text;

namespace ESign.Packages.Tests;

/// <summary>A text of everything public in an assembly: types and members, sorted, as near to C# as a reader needs.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What the compiler adds to every record; promising it again says nothing.</summary>
    private static readonly HashSet<string> s_recordMembers = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "PrintMembers", "EqualityContract", "op_Equality", "op_Inequality", "<Clone>$", "Deconstruct",
    };

    public static Type[] TypesOf(Assembly assembly) => [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in TypesOf(assembly))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
    }

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
        string[] bases = type.IsEnum ? [] :
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [Name(parent)] : Array.Empty<string>(),
            .. type.GetInterfaces().Where(contract => contract.IsPublic && contract.Name != "IEquatable`1").Select(Name).Order(StringComparer.Ordinal),
        ];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Where(member => !s_recordMembers.Contains(member.Name)).Select(Describe).OfType<string>();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        MethodInfo { IsSpecialName: true } method when IsVisible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) => $"static {Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property when property.GetMethod is { } getter && IsVisible(getter) => $"{Static(getter)}{Name(property.PropertyType)} {property.Name}{Index(property)} {{ get;{Setter(property)} }}",
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo { AddMethod: { } adder } happening when IsVisible(adder) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(parameter => Name(parameter.ParameterType)))}]" : "";

    private static string Setter(PropertyInfo property) => property.SetMethod is not { } setter || !IsVisible(setter) ? ""
        : setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? " init;" : " set;";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType) + " " + parameter.Name + (parameter.IsOptional ? " = …" : "")));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string name = type.Namespace?.StartsWith("ESign", StringComparison.Ordinal) == true ? (type.FullName ?? type.Name).Replace('+', '.') : type.Name;
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        name = bracket > 0 ? name[..bracket] : name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
