using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>Makes boxes of a condition: its disjunctive normal form, negations carried down to the atoms.</summary>
internal sealed class BoxForm(Func<Atom, Literal?> literalOf)
{
    /// <summary>A condition with more boxes stays a tree.</summary>
    public const int MaxBoxes = 64;

    private const int MaxProduct = 4 * MaxBoxes;

    /// <summary>The boxes, each in the order of <see cref="Literal.CompareTo"/>; null if they would be too many, or if an atom is no literal.</summary>
    public IReadOnlyList<Literal[]>? Of(Condition condition) => Of(condition, isNegated: false);

    private List<Literal[]>? Of(Condition condition, bool isNegated) => condition switch
    {
        AnyCondition => isNegated ? [] : [[]],
        NotCondition not => Of(not.Operand, !isNegated),
        JoinedCondition joined when joined is AllCondition != isNegated => Product(joined.Parts, isNegated),
        JoinedCondition joined => Sum(joined.Parts, isNegated),
        Atom atom when literalOf(atom) is { } literal => [[literal with { IsNegated = isNegated }]],
        _ => null,
    };

    private List<Literal[]>? Sum(ImmutableArray<Condition> parts, bool isNegated)
    {
        List<Literal[]> sum = [];
        foreach (Condition part in parts)
        {
            if (Of(part, isNegated) is not { } boxes) return null;
            sum.AddRange(boxes);
            if (sum.Count > MaxProduct) return null;
        }

        return Absorb(sum);
    }

    private List<Literal[]>? Product(ImmutableArray<Condition> parts, bool isNegated)
    {
        List<Literal[]>? product = [[]];
        foreach (Condition part in parts)
        {
            if (Of(part, isNegated) is not { } boxes || (long)product.Count * boxes.Count > MaxProduct) return null;
            product = product.Count == 1 && boxes.Count == 1 ? [Join(product[0], boxes[0])] : Absorb([.. product.SelectMany(_ => boxes, Join)]);
            if (product is null) return null;
        }

        return product;
    }

    private static Literal[] Join(Literal[] left, Literal[] right)
    {
        if (left.Length == 0) return right;
        List<Literal> both = [.. left, .. right.Where(literal => !left.Contains(literal))];
        both.Sort();
        return [.. both];
    }

    // A box that says all that another says and more adds nothing, unless it is the one that names address literals.
    private static List<Literal[]>? Absorb(List<Literal[]> boxes)
    {
        var kept = new List<Literal[]>();
        foreach (Literal[] box in boxes.OrderBy(box => box.Length))
        {
            if (!kept.Exists(shorter => Absorbs(shorter, box))) kept.Add(box);
        }

        return kept.Count <= MaxBoxes ? kept : null;
    }

    private static bool Absorbs(Literal[] shorter, Literal[] longer) =>
        shorter.All(longer.Contains) && NamesAddressLiterals(shorter) == NamesAddressLiterals(longer);

    private static bool NamesAddressLiterals(Literal[] box) => box.Any(literal => literal.Names(Fact.RecipientIsAddressLiteral));
}
