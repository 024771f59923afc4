namespace RelayPolicy.Migration;

/// <summary>The addresses of a binary list that have one mask. Numbers in host order.</summary>
internal readonly record struct AddressGroup(uint Mask, uint[] Addresses);
