using System.Text;
using Grid.Runtime.Storage;
using Grid.Tests.Runtime.Storage.Conformance;

namespace Grid.Tests.Runtime.Storage;

public sealed class JsonGrainStorageSerializerTests
{
    private readonly JsonGrainStorageSerializer _serializer = new(SampleJson.Default);

    [Fact]
    public void The_stored_bytes_are_one_version_byte_and_json()
    {
        var bytes = _serializer.Serialize(new Sample { Text = "a", Number = 2, Lines = ["x"] }).ToArray();

        Assert.Equal("\u0001{\"Text\":\"a\",\"Number\":2,\"Lines\":[\"x\"]}", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void An_older_row_without_a_newer_member_still_reads()
    {
        var read = _serializer.Deserialize<Sample>(new BinaryData("\u0001{\"Text\":\"old\"}"u8.ToArray()));

        Assert.Equal("old", read!.Text);
        Assert.Equal(0, read.Number);
    }

    [Fact]
    public void A_type_without_generated_metadata_is_refused_by_name()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => _serializer.Serialize(new Version(1, 2)));

        Assert.Contains("System.Version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[JsonSerializable(typeof(Version))]", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0002{}")]
    [InlineData("{}")]
    [InlineData("\u0001null")]
    [InlineData("\u0001{\"Text\":")]
    public void Bytes_of_another_kind_are_refused(string stored)
    {
        var refusal = Assert.Throws<FormatException>(() => _serializer.Deserialize<Sample>(new BinaryData(Encoding.UTF8.GetBytes(stored))));

        Assert.Contains(nameof(Sample), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_is_clean_when_it_is_used_again()
    {
        for (var i = 0; i < 3; i++) _serializer.Serialize(new Sample { Text = new string('x', 10_000) });

        Assert.Equal("\u0001{\"Text\":\"\",\"Number\":1,\"Lines\":[]}", _serializer.Serialize(new Sample { Number = 1 }).ToString());
    }
}
