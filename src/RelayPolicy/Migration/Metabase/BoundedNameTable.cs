using System.Xml;

namespace RelayPolicy.Migration;

/// <summary>The names of an XML document. A reader keeps each of them, so that a document of nothing but names would fill the memory.</summary>
internal sealed class BoundedNameTable(int maxNames) : NameTable
{
    private int _count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Count(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Count(base.Add(key));

    private string Count(string name) => ++_count <= maxNames ? name : throw new XmlException("The document has too many different names.");
}
