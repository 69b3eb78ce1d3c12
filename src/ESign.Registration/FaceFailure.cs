namespace ESign.Registration;

/// <summary>Why a face check failed, as providers of face checks tell it.</summary>
public enum FaceFailure
{
    /// <summary>脸部遮挡.</summary>
    Covered,

    /// <summary>本人与照片差距过大.</summary>
    NotAlike,

    /// <summary>姓名或身份证填写错误.</summary>
    WrongNameOrNumber,

    /// <summary>脸没有完全出现在屏幕中.</summary>
    NotInPicture,
}
