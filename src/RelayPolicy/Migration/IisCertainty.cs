namespace RelayPolicy.Migration;

/// <summary>How sure it is what a stored setting of IIS SMTP means.</summary>
public enum IisCertainty
{
    /// <summary>Nobody knows, so whatever it would grant is refused.</summary>
    Unknown = 0,

    /// <summary>A guess: it grants only if <see cref="IisImportOptions.TrustGuesses"/> says so.</summary>
    Guessed,

    /// <summary>Inferred from what is documented and seen; reported as a warning.</summary>
    Inferred,

    /// <summary>Seen in settings of real servers.</summary>
    Seen,

    /// <summary>Documented by Microsoft.</summary>
    Documented,
}
