using System.Text;

namespace RelayPolicy.Tests;

/// <summary>Draws lists of domains in which names are nested, siblings, repeated, deep, short and long, and questions about them.</summary>
internal static class DomainLists
{
    private static readonly string[] ShortLabels = ["a", "b", "aa", "ab", "x-1"];
    private static readonly string[] LongLabels = [new('c', 7), new('c', 8), new('d', 15), new('d', 16), new('d', 17), new('e', 31), new('e', 63)];
    private static readonly string[] BrokenParts = ["", ".", "-", "-a", "a-", "a b", "\0", "\u00FC", "\u212A", "\uFF0E", "xn--zzzzzzzz99999", "[a]", "*", "a\r", "@", "\u0141", "e\u0301", new('f', 64)];

    private static readonly Gen<string> Label = Gen.Frequency((8, Gen.OneOfConst(ShortLabels)), (1, Gen.OneOfConst(LongLabels)), (1, Gen.OneOfConst("xn--mnchen-3ya", "example")));

    /// <summary>A name of one to eight labels, seldom more, with at most 255 octets.</summary>
    public static readonly Gen<string> Name = Gen.Frequency((8, Label.Array[1, 4]), (2, Label.Array[4, 8]), (1, Gen.OneOfConst(ShortLabels).Array[20, 60]))
        .Select(labels => string.Join('.', labels)).Where(name => name.Length <= 255);

    /// <summary>A name or a wildcard.</summary>
    public static readonly Gen<string> Entry = Gen.Select(Name, Gen.Bool, (name, isWildcard) => isWildcard ? "*." + name : name);

    /// <summary>A list with ids from 1 on, in which every third entry is made from the one before it.</summary>
    public static readonly Gen<(string Entry, int Id)[]> Lists = Gen.Select(Entry, Label, Gen.Int[1, 4], Gen.Int[0, 5]).Array[0, 30].Select(draws =>
    {
        var list = new List<(string Entry, int Id)>();
        foreach ((string entry, string label, int id, int kind) in draws)
        {
            string name = list.Count == 0 ? entry : list[^1].Entry;
            name = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
            string made = kind switch
            {
                0 => label + "." + name,
                1 => "*." + label + "." + name,
                2 => "*." + name,
                3 => name,
                4 => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                _ => entry,
            };
            list.Add((made.Length > 255 ? entry : made, id));
        }

        return list.ToArray();
    });

    /// <summary>Questions about a list: its names, what is above, below and beside them, in any case, and garbage.</summary>
    public static Gen<string> Question((string Entry, int Id)[] list)
    {
        Gen<string> known = list.Length == 0 ? Name : Gen.OneOf(Gen.OneOfConst([.. list.Select(item => item.Entry.Replace("*.", "", StringComparison.Ordinal))]), Name);
        return Gen.Select(known, Label, Gen.OneOfConst(BrokenParts), Gen.Int[0, 12], Gen.Int[0, int.MaxValue], (name, label, broken, kind, seed) => kind switch
        {
            0 or 1 => label + "." + name,
            2 => label + "." + label + "." + name,
            3 => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..],
            4 => label + name,
            5 => broken + "." + name,
            6 => label + "." + broken + "." + name,
            7 => name + broken,
            8 => name.Remove(seed % name.Length, 1).Insert(seed % name.Length, broken),
            9 => string.Concat(Enumerable.Repeat("y.", seed % 128)) + name,
            10 => name[..(seed % name.Length)] + (char)(name[seed % name.Length] ^ (1 << (seed % 16))) + name[((seed % name.Length) + 1)..],
            11 => string.Concat(name.Select((c, i) => ((seed >> (i % 31)) & 1) == 0 ? c : char.ToUpperInvariant(c))),
            _ => name,
        });
    }

    /// <summary>The text in UTF-8; what is not well-formed becomes U+FFFD.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
