using RelayPolicy.Tests.Reference;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Evaluation;

/// <summary>A condition and its boxes are the same in Kleene's logic.</summary>
public sealed class BoxFormTests
{
    private static readonly Condition[] Atoms = [Client.IsIPv4, Tls.IsOn, Identity.IsAuthenticated, Sender.IsNull, Sender.IsLocal, Recipient.IsLocal, Recipient.IsAddressLiteral];

    [Fact]
    public void Boxes_have_the_value_of_the_condition_whatever_is_known() =>
        Gen.Select(Formula(4), Gen.Int[-1, 1].Array[12]).Sample(
            (condition, values) =>
            {
                if (Form(condition) is not { } boxes) return;
                Kleene expected = Value(condition, values);
                Kleene value = boxes.Aggregate(Kleene.False, (either, box) => either | box.Aggregate(Kleene.True, (all, literal) => all & Value(literal, values)));
                Assert.Equal(expected, value);
            },
            iter: 20_000);

    [Fact]
    public void A_contradiction_is_kept_as_it_may_be_unknown() =>
        Assert.Equal(2, Assert.Single(Form(Tls.IsOn & !Tls.IsOn)!).Length);

    [Fact]
    public void A_box_that_says_more_than_another_is_left_out() =>
        Assert.Single(Assert.Single(Form(Tls.IsOn | (Tls.IsOn & Sender.IsNull) | Tls.IsOn)!));

    [Fact]
    public void A_box_that_names_address_literals_is_never_left_out_for_one_that_does_not() =>
        Assert.Equal(2, Form(Tls.IsOn | (Tls.IsOn & Recipient.IsAddressLiteral))!.Count);

    [Fact]
    public void Any_is_one_box_without_literals_and_its_negation_none()
    {
        Assert.Empty(Assert.Single(Form(Any)!));
        Assert.Empty(Form(!Any)!);
    }

    [Fact]
    public void A_condition_with_too_many_boxes_stays_a_tree()
    {
        Condition[] pairs = [.. Enumerable.Range(0, 7).Select(i => Client.Listener($"a{i}") | Client.Listener($"b{i}"))];
        Assert.Equal(64, Form(pairs[..6].Aggregate((left, right) => left & right))!.Count);
        Assert.Null(Form(pairs.Aggregate((left, right) => left & right)));
        Assert.Null(Form(Enumerable.Range(0, 65).Select(i => Client.Listener($"l{i}")).Aggregate((left, right) => left | right)));
    }

    [Fact]
    public void An_atom_without_a_literal_keeps_the_condition_a_tree() => Assert.Null(new BoxForm(_ => null).Of(Tls.IsOn & Sender.IsNull));

    [Fact]
    public void Facts_come_before_dimensions_in_a_box()
    {
        Literal[] box = Assert.Single(Form(Client.Listener("smtp") & Tls.IsOn)!);
        Assert.Equal([true, false], box.Select(literal => literal.IsFact));
    }

    private static IReadOnlyList<Literal[]>? Form(Condition condition)
    {
        var listeners = new List<Atom>();
        return new BoxForm(atom =>
        {
            if (Facts.TryGet(atom, out Fact fact)) return Literal.Of(fact, isNegated: false);
            if (!listeners.Contains(atom)) listeners.Add(atom);
            return new Literal(0, listeners.IndexOf(atom), IsNegated: false);
        }).Of(condition);
    }

    private static Gen<Condition> Formula(int depth)
    {
        Gen<Condition> atom = Gen.OneOfConst([.. Atoms, Any]);
        if (depth == 0) return atom;
        Gen<Condition> inner = Formula(depth - 1);
        return Gen.Frequency((1, atom), (2, inner.Select(x => !x)), (3, Gen.Select(inner, inner, (x, y) => x & y)), (3, Gen.Select(inner, inner, (x, y) => x | y)));
    }

    private static Kleene Value(Condition condition, int[] values) => condition switch
    {
        AnyCondition => Kleene.True,
        NotCondition not => !Value(not.Operand, values),
        AllCondition all => all.Parts.Aggregate(Kleene.True, (value, part) => value & Value(part, values)),
        EitherCondition either => either.Parts.Aggregate(Kleene.False, (value, part) => value | Value(part, values)),
        Atom atom when Facts.TryGet(atom, out Fact fact) => Of(values[(int)fact]),
        _ => throw new InvalidOperationException("The formula holds an atom that it should not."),
    };

    private static Kleene Value(Literal literal, int[] values) => literal.IsNegated ? !Of(values[literal.Atom]) : Of(values[literal.Atom]);

    private static Kleene Of(int value) => value < 0 ? Kleene.False : value == 0 ? Kleene.Unknown : Kleene.True;
}
