using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace RelayPolicy;

/// <summary>
/// The records of a <see cref="SuffixIndex"/>, one behind the other in one array:
/// <code>
/// record = length flags name *3id   ; length of the name: 1 octet, 1 to 255; name: lower-case A-labels
///                                   ; ids: of the exact name, the wildcard, the inherited wildcard, as the flags say
/// </code>
/// All ids of an index have the same width: 0 octets (every id is 1), 1, 2 or 4.
/// </summary>
internal readonly struct SuffixRecords
{
    /// <summary>Octets before the name.</summary>
    private const int Header = 2;

    private readonly byte[] _octets;
    private readonly int _idWidth;

    /// <summary>Room for records.</summary>
    /// <param name="size">Octets of all records, as <see cref="Size"/> counts them.</param>
    /// <param name="idWidth">What <see cref="IdWidth"/> says of the largest id.</param>
    public SuffixRecords(int size, int idWidth)
    {
        // Before the first record there is room for a block, so that the last block of every name can be read.
        _octets = new byte[First + size];
        _idWidth = idWidth;
    }

    /// <summary>Where the first record stands.</summary>
    public const int First = NameOctets.Size;

    /// <summary>The most octets that all records can have.</summary>
    public static int MaxSize => Array.MaxLength - First;

    /// <summary>Where the last record ends.</summary>
    public int End => _octets.Length;

    /// <summary>Octets of an id when this is the largest one.</summary>
    public static int IdWidth(int largest) => largest switch
    {
        <= 1 => 0,
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        _ => 4,
    };

    /// <summary>Octets of a record.</summary>
    public static int Size(int nameLength, SuffixFlags flags, int idWidth) => Header + nameLength + (CountIds(flags) * idWidth);

    /// <summary>Writes a record and says where the next one stands. An id is 0 where the flags say that there is none.</summary>
    public int Write(int record, ReadOnlySpan<char> name, SuffixFlags flags, int exact, int wildcard, int inherited)
    {
        _octets[record] = (byte)name.Length;
        _octets[record + 1] = (byte)flags;
        int end = record + Header + Encoding.ASCII.GetBytes(name, _octets.AsSpan(record + Header));
        foreach (int id in (ReadOnlySpan<int>)[exact, wildcard, inherited])
        {
            if (id == 0) continue;
            WriteId(end, id);
            end += _idWidth;
        }

        return end;
    }

    public SuffixFlags Flags(int record) => (SuffixFlags)_octets[record + 1];

    public ReadOnlySpan<byte> Name(int record) => _octets.AsSpan(record + Header, _octets[record]);

    /// <summary>The record after this one.</summary>
    public int Next(int record) => record + Size(_octets[record], Flags(record), _idWidth);

    /// <summary>Whether the record is that of <c>name[start..]</c>, ASCII case-insensitively.</summary>
    /// <param name="record">The record.</param>
    /// <param name="name">The whole name.</param>
    /// <param name="start">Where the suffix begins.</param>
    /// <param name="last"><see cref="NameOctets.Last"/> of the name.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOf<T>(int record, ReadOnlySpan<T> name, int start, Vector128<byte> last)
        where T : unmanaged
    {
        ReadOnlySpan<byte> octets = _octets;
        int length = name.Length - start;
        if (octets[record] != length) return false;
        int end = record + Header + length;
        Vector128<byte> differs = NameOctets.Keep(Vector128.Create(octets.Slice(end - NameOctets.Size, NameOctets.Size)) ^ last, Math.Min(length, NameOctets.Size));
        if (length > 2 * NameOctets.Size && !HasSameMiddle(octets.Slice(record + Header, length), name[start..])) return false;
        if (length > NameOctets.Size) differs |= Vector128.Create(octets.Slice(record + Header, NameOctets.Size)) ^ NameOctets.From(name, start);
        return differs == Vector128<byte>.Zero;
    }

    private static bool HasSameMiddle<T>(ReadOnlySpan<byte> stored, ReadOnlySpan<T> name)
        where T : unmanaged
    {
        for (int end = name.Length - NameOctets.Size; end > NameOctets.Size; end -= NameOctets.Size)
        {
            if (Vector128.Create(stored[(end - NameOctets.Size)..]) != NameOctets.From(name, end - NameOctets.Size)) return false;
        }

        return true;
    }

    /// <summary>The id for the name itself: its own, else that of the longest wildcard over it; 0 for none.</summary>
    public int IdAt(int record)
    {
        SuffixFlags flags = Flags(record);
        return (flags & SuffixFlags.Exact) != 0 ? ReadId(record, SuffixFlags.None) : IdOver(record, flags);
    }

    /// <summary>The id for the names below: of its own wildcard, else of the longest one over it; 0 for none.</summary>
    public int IdBelow(int record)
    {
        SuffixFlags flags = Flags(record);
        return (flags & SuffixFlags.Wildcard) != 0 ? ReadId(record, flags & SuffixFlags.Exact) : IdOver(record, flags);
    }

    private int IdOver(int record, SuffixFlags flags) =>
        (flags & SuffixFlags.Inherited) != 0 ? ReadId(record, flags & SuffixFlags.Own) : 0;

    private int ReadId(int record, SuffixFlags before)
    {
        ReadOnlySpan<byte> id = _octets.AsSpan(record + Header + _octets[record] + (CountIds(before) * _idWidth), _idWidth);
        return _idWidth switch
        {
            0 => 1,
            1 => id[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(id),
            _ => BinaryPrimitives.ReadInt32LittleEndian(id),
        };
    }

    private void WriteId(int index, int id)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(octets, id);
        octets[.._idWidth].CopyTo(_octets.AsSpan(index));
    }

    private static int CountIds(SuffixFlags flags) =>
        BitOperations.PopCount((uint)(flags & (SuffixFlags.Own | SuffixFlags.Inherited)));
}
