namespace RelayPolicy;

/// <summary>Reads the values of a table by the function of its user, once for equal texts on lines that follow each other.</summary>
internal sealed class ValueReader<T>(Func<string, T> read)
{
    private string? _text;
    private T _value = default!;

    /// <summary>Reads the value of the line where the list stands, or reports why it is none.</summary>
    public bool TryRead(ListReader list, out T value)
    {
        if (_text is null || !list.Rest.SequenceEqual(_text))
        {
            string text = list.Rest.ToString();
            try
            {
                _value = read(text);
                _text = text;
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
            {
                value = default!;
                list.Report($"the value is wrong: {Printable.Escape(exception.Message).TrimEnd('.')}", "mend the value");
                return false;
            }
        }

        value = _value;
        return true;
    }
}
