using System.Xml;

namespace RelayPolicy.Migration;

/// <summary>Text of an XML document without tags of any length: a reader of XML keeps a whole tag in memory.</summary>
internal sealed class TagBoundReader(TextReader text, int maxLength) : TextReader
{
    private long _length;

    public override int Peek() => text.Peek();

    public override int Read()
    {
        int c = text.Read();
        if (c >= 0) Count([(char)c]);
        return c;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        int read = text.Read(buffer, index, count);
        Count(buffer.AsSpan(index, read));
        return read;
    }

    // A '<' stands at the beginning of a tag and never within one.
    private void Count(ReadOnlySpan<char> chars)
    {
        int tag = chars.LastIndexOf('<');
        int first = chars.IndexOf('<');
        _length += first < 0 ? chars.Length : first;
        if (_length > maxLength) throw new XmlException("A tag or a text of the document is too long.");
        if (tag >= 0) _length = chars.Length - tag;
    }
}
