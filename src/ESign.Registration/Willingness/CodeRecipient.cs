using ESign.Pki.Names;

namespace ESign.Registration.Willingness;

/// <summary>Which number gets the code when a contract names another than the one bound to the signer's identity.</summary>
public static class CodeRecipient
{
    /// <summary>Chooses the number.</summary>
    /// <param name="inContract">The number in the contract; <see langword="null"/> when it names the signer otherwise.</param>
    /// <param name="bound">The number bound to the signer's verified identity.</param>
    /// <param name="identifiesByDocument">Whether the contract names the signer by identity number: then the bound number decides.</param>
    /// <returns>The bound number; after rebinding that is the contract's.</returns>
    /// <exception cref="RegistrationException">The numbers differ and only the number names the signer (<c>code-number</c>): rebind, or issue the contract anew.</exception>
    public static MobileNumber Choose(MobileNumber? inContract, MobileNumber bound, bool identifiesByDocument)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return inContract is null || inContract.Equals(bound) || identifiesByDocument
            ? bound
            : throw new RegistrationException(
                "code-number",
                $"合同中的手机号{inContract.Masked}与已绑定的{bound.Masked}不一致，请换绑手机号，或以新手机号、证件号码重新发起 / The contract names {inContract.Masked}, but {bound.Masked} is bound: rebind the number, or issue the contract anew with it or with the identity number");
    }
}
