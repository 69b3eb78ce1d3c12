namespace ESign.Registration.Access;

/// <summary>What a token was made for.</summary>
public enum AccessTokenPurpose
{
    /// <summary>The work its roles allow.</summary>
    Work = 0,

    /// <summary>The first token of a service: sets up the first two administrators, and ends when they are.</summary>
    Setup = 1,

    /// <summary>Made by whoever runs the machine because administrators are lost: sets up one administrator, and ends with it.</summary>
    Recovery = 2,
}
