using System.Xml;

namespace RelayPolicy.Migration;

/// <summary>
/// Reads from <c>MetaBase.xml</c> what concerns SMTP servers, and forgets the rest at once. Entities of any kind are refused, and the
/// memory that a document can take is bounded, whatever it holds.
/// </summary>
internal sealed class MetabaseReader
{
    /// <summary>The most characters of a tag.</summary>
    internal const int MaxTagLength = 1 << 22;

    /// <summary>The most characters that are kept.</summary>
    internal const int MaxKept = 1 << 24;

    private const int MaxNames = 1 << 16;
    private const int MaxDepth = 32;
    private const string Place = "the metabase";

    private readonly Dictionary<string, MetabaseNode> _nodes = new(AsciiComparer.IgnoreCase);
    private readonly XmlReader _xml;
    private MetabaseNode? _node;
    private int _nodeDepth;
    private long _kept;

    private MetabaseReader(XmlReader xml) => _xml = xml;

    /// <summary>The keys that concern SMTP servers.</summary>
    /// <exception cref="IisSettingsException">It is no XML, or it exceeds a bound.</exception>
    public static IReadOnlyDictionary<string, MetabaseNode> Read(Stream stream)
    {
        try
        {
            using StreamReader text = StrictText.Open(stream);
            using var xml = XmlReader.Create(new TagBoundReader(text, MaxTagLength), Settings());
            return new MetabaseReader(xml).Read();
        }
        catch (XmlException exception)
        {
            throw new IisSettingsException(Place, Printable.Escape(exception.Message.TrimEnd('.')), "give the file MetaBase.xml as IIS wrote it", exception);
        }
        catch (Exception exception) when (StrictText.IsFault(exception))
        {
            throw new IisSettingsException(Place, $"it is neither UTF-8 nor UTF-16, or longer than {StrictText.MaxLength} bytes", "give the file MetaBase.xml as IIS wrote it", exception);
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = StrictText.MaxLength,
        NameTable = new BoundedNameTable(MaxNames),
    };

    private Dictionary<string, MetabaseNode> Read()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element) continue;
            if (_xml.Depth > MaxDepth) throw new XmlException($"Elements are nested deeper than {MaxDepth}.");
            if (_xml.GetAttribute("Location") is { } location) BeginNode(MetabasePath.Normalize(location));
            else if (_xml.Depth <= _nodeDepth) _node = null;
            else if (_node is not null && _xml.LocalName == "Custom") ReadCustom(_node);
        }

        return _nodes;
    }

    private void BeginNode(string location)
    {
        _node = null;
        _nodeDepth = _xml.Depth;
        if (!MetabasePath.Concerns(location)) return;
        if (!_nodes.TryGetValue(location, out _node)) _nodes.Add(location, _node = new MetabaseNode(location));
        Keep(location);
        while (_xml.MoveToNextAttribute())
        {
            if (_xml.Prefix.Length == 0 && _xml.LocalName is not ("Location" or "xmlns")) Add(_node, new MetabaseEntry(_xml.LocalName, Id: null, _xml.Value, Attributes: null));
        }
    }

    private void ReadCustom(MetabaseNode node) => Add(node, new MetabaseEntry(
        _xml.GetAttribute("Name") ?? "", _xml.GetAttribute("ID"), _xml.GetAttribute("Value") ?? "", _xml.GetAttribute("Attributes")));

    private void Add(MetabaseNode node, MetabaseEntry entry)
    {
        Keep(entry.Name, entry.Value, entry.Id, entry.Attributes);
        node.Entries.Add(entry);
    }

    private void Keep(params ReadOnlySpan<string?> texts)
    {
        foreach (string? text in texts) _kept += text?.Length ?? 0;
        if (_kept > MaxKept) throw new XmlException($"The settings of SMTP servers are longer than {MaxKept} characters.");
    }
}
