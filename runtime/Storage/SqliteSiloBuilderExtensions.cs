using System.Text.Json.Serialization;
using Grid.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;

namespace Grid.Runtime.Storage;

/// <summary>Gives a silo durable state and reminders.</summary>
public static class SqliteSiloBuilderExtensions
{
    /// <summary>
    /// Keeps the silo's states and reminders in one <see cref="SqliteStore"/>, which is opened when the silo starts, so that a second silo on it
    /// fails to start, and closed with the silo's services. The store is a service itself, for its counters.
    /// </summary>
    /// <param name="states">The metadata of every state; a serializer that is registered already is kept.</param>
    public static LocalSiloBuilder UseSqlite(this LocalSiloBuilder silo, SqliteStoreOptions options, params IEnumerable<JsonSerializerContext> states)
    {
        silo.Services.AddSingleton(_ => SqliteStore.Open(options));
        silo.Services.TryAddSingleton<IGrainStorageSerializer>(new JsonGrainStorageSerializer(states));
        return silo
            .AddGrainStorageAsDefault(services => new SqliteGrainStorage(services.GetRequiredService<SqliteStore>(), services.GetRequiredService<IGrainStorageSerializer>()))
            .AddReminders(services => new SqliteReminderTable(services.GetRequiredService<SqliteStore>()));
    }
}
