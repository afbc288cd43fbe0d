namespace Grid.Simulation;

/// <summary>The operators of a world observe its nodes together, in eras.</summary>
/// <param name="Liar">By its number, the operator that claims to hear nobody but a node that does not exist; null: none.</param>
/// <param name="LiarsWeight">Each of the others weighs 1.</param>
public sealed record EraPlan(int? Liar = null, ulong LiarsWeight = 1);
