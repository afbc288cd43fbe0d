using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;

namespace Grid.Tests.Grains.Messages;

/// <summary>The local host never serializes a message: only this notices what the clustered one could not send.</summary>
public sealed class WhatGrainsSend
{
    [Fact]
    public void The_walk_reaches_the_messages_of_every_concept() => Assert.Equal(
        [
            "Grid.Accounts", "Grid.Deployments", "Grid.Eras", "Grid.Gpus", "Grid.Leases", "Grid.Matching", "Grid.Orders", "Grid.Pricing",
                "Grid.Providers", "Grid.Reputation",
            "Grid.Settlements", "Grid.Shards", "Grid.Slashing",
        ],
        MessageTypes.Messages.Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Everything_in_a_call_is_plain_a_collection_a_message_or_of_the_protocol() => Assert.Empty(MessageTypes.Unsendable);

    [Fact]
    public void Every_message_says_how_it_is_sent_and_under_which_name()
    {
        var unmarked = MessageTypes.Messages.Where(type => !type.IsDefined(typeof(GenerateSerializerAttribute)) || AliasOf(type) is null);

        Assert.Empty(unmarked);
    }

    [Fact]
    public void Every_interface_and_method_has_a_name_of_its_own()
    {
        Assert.All(MessageTypes.Interfaces, type => Assert.NotNull(AliasOf(type)));
        Assert.All(MessageTypes.Interfaces.SelectMany(type => type.GetMethods()), method => Assert.True(AliasOf(method) is not null, $"{method.DeclaringType}.{method.Name}"));
        Assert.All(MessageTypes.Interfaces, type => Assert.Empty(Repeated(type.GetMethods().Select(AliasOf))));
    }

    [Fact]
    public void No_two_types_share_a_name() => Assert.Empty(Repeated(MessageTypes.Messages.Concat(MessageTypes.Interfaces).Select(AliasOf)));

    [Fact]
    public void A_message_cannot_be_changed_once_it_is_made()
    {
        var changeable = MessageTypes.Messages.SelectMany(MessageTypes.Settable).Where(property => !IsInitOnly(property));

        Assert.Empty(changeable.Select(property => $"{property.DeclaringType}.{property.Name}"));
        Assert.Empty(MessageTypes.Messages.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance)));
        Assert.All(MessageTypes.Messages, type => Assert.True(type.IsSealed, $"{type} is not sealed"));
    }

    [Fact]
    public void What_is_of_the_protocol_has_source_generated_JSON()
    {
        var without = MessageTypes.OfProtocol.Where(type => GrainMessageJson.Default.GetTypeInfo(type) is null).Select(type => type.ToString());

        Assert.Equal("", string.Join('\n', without));
    }

    private static bool IsInitOnly(PropertyInfo property) => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;

    private static IEnumerable<string?> Repeated(IEnumerable<string?> names) => names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
}
