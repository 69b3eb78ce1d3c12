using ESign.Pdf.Content.Decoding;

namespace ESign.Pdf.Content;

/// <summary>The text operators (ISO 32000-2 tables 103, 105, 106 and 107).</summary>
internal sealed partial class ContentInterpreter
{
    /// <summary>The top of a Chinese character's square above the baseline, in em: the default position vector's y.</summary>
    private const double SquareTop = 0.88;

    private void OperateText(int operation, ReadOnlySpan<byte> content)
    {
        switch (operation)
        {
            case ('B' << 8) | 'T':
                _textMatrix = _lineMatrix = PdfMatrix.Identity;
                break;
            case ('T' << 8) | 'c':
                _state.CharacterSpacing = Number(0);
                break;
            case ('T' << 8) | 'w':
                _state.WordSpacing = Number(0);
                break;
            case ('T' << 8) | 'z':
                _state.Scale = Number(0) / 100;
                break;
            case ('T' << 8) | 'L':
                _state.Leading = Number(0);
                break;
            case ('T' << 8) | 's':
                _state.Rise = Number(0);
                break;
            case ('T' << 8) | 'r':
                _state.IsInvisible = Number(0) is 3 or 7;
                break;
            case ('T' << 8) | 'f':
                SelectFont(NameOperand(content, fromEnd: 1), Number(0));
                break;
            case ('T' << 8) | 'd':
                MoveLine(Number(1), Number(0));
                break;
            case ('T' << 8) | 'D':
                _state.Leading = -Number(0);
                MoveLine(Number(1), Number(0));
                break;
            case ('T' << 8) | 'm':
                _textMatrix = _lineMatrix = MatrixOperand();
                break;
            case ('T' << 8) | '*':
                MoveLine(0, -_state.Leading);
                break;
            case ('T' << 8) | 'j' or ('T' << 8) | 'J':
                ShowOperands(content);
                break;
            case '\'':
                MoveLine(0, -_state.Leading);
                ShowOperands(content);
                break;
            case '"':
                _state.WordSpacing = Number(2);
                _state.CharacterSpacing = Number(1);
                MoveLine(0, -_state.Leading);
                _operands.RemoveRange(0, Math.Max(0, _operands.Count - 1));
                ShowOperands(content);
                break;
        }
    }

    private void SelectFont(string? name, double size)
    {
        _state.Size = size;
        _state.Font = name is null ? null : _fonts.Read(_resolver.Dictionary(_resources["Font"])?[name]);
    }

    private void MoveLine(double x, double y) =>
        _textMatrix = _lineMatrix = PdfMatrix.Translation(x, y).Then(_lineMatrix);

    /// <summary>Strings are shown; numbers between them move the pen back by thousandths of an em (§9.4.3).</summary>
    private void ShowOperands(ReadOnlySpan<byte> content)
    {
        if (_state.Font is not { } font)
        {
            return;
        }

        foreach (Operand operand in _operands)
        {
            if (operand.IsString)
            {
                Show(font, StringOperand(operand, content));
            }
            else if (operand.IsNumber)
            {
                double back = -operand.Number / 1000 * _state.Size;
                _textMatrix = (font.IsVertical ? PdfMatrix.Translation(0, back) : PdfMatrix.Translation(back * _state.Scale, 0)).Then(_textMatrix);
            }
        }
    }

    /// <summary>
    /// §9.4.4: glyph space → text space → user space. The linear part is the same for the whole string, so each
    /// glyph costs two multiplications and additions per axis.
    /// </summary>
    private void Show(ContentFont font, ReadOnlySpan<byte> bytes)
    {
        PdfMatrix toUser = _textMatrix.Then(_state.Matrix);
        double size = _state.Size;
        double scale = _state.Scale;
        double alongX = font.IsVertical ? -toUser.C : toUser.A;
        double alongY = font.IsVertical ? -toUser.D : toUser.B;
        double unit = Math.Sqrt((alongX * alongX) + (alongY * alongY));
        double acrossX = font.IsVertical ? toUser.A * scale * size : toUser.C * size;
        double acrossY = font.IsVertical ? toUser.B * scale * size : toUser.D * size;
        double sign = size * (font.IsVertical ? 1 : scale) < 0 ? -1 : 1;
        var direction = new PdfPoint(sign * alongX / unit, sign * alongY / unit);
        var across = new PdfPoint(acrossX, acrossY);
        bool isPlaceable = unit > 0 && double.IsFinite(unit) && size != 0 && double.IsFinite(acrossX * acrossY) && double.IsFinite(toUser.E + toUser.F);
        double pen = 0;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[font.Read(bytes, out DecodedGlyph glyph)..];
            double spacing = _state.CharacterSpacing + (glyph.IsWordSpace ? _state.WordSpacing : 0);
            // Vertical advances are negative, so that positive spacing brings characters closer (§9.3.2).
            double advance = font.IsVertical ? spacing - (glyph.Advance * size) : ((glyph.Advance * size) + spacing) * scale;
            if (isPlaceable && glyph.Text.Length > 0 && !(AsSeen && _state.IsInvisible))
            {
                Place(font, glyph, toUser, pen, direction, across, unit, font.IsVertical ? -sign * advance : sign * advance);
            }

            pen += advance;
        }

        _textMatrix = (font.IsVertical ? PdfMatrix.Translation(0, pen) : PdfMatrix.Translation(pen, 0)).Then(_textMatrix);
    }

    private void Place(
        ContentFont font, in DecodedGlyph glyph, in PdfMatrix toUser, double pen, PdfPoint direction, PdfPoint across, double unit, double advance)
    {
        _limits.SpendGlyph();
        // §9.7.4.3: the pen is above the glyph by the position vector; the character's square reaches 0.88 em above its own baseline.
        double start = font.IsVertical ? pen - ((glyph.OriginY - SquareTop) * _state.Size) : pen;
        PdfPoint origin = toUser.Apply(font.IsVertical ? new PdfPoint(_state.Rise, start) : new PdfPoint(start, _state.Rise));
        if (!double.IsFinite(origin.X) || !double.IsFinite(origin.Y))
        {
            return;
        }

        if (font.IsVertical)
        {
            // The position vector also tells how far left the box begins. Wide spacing belongs to no character.
            double height = Math.Min(Math.Abs(glyph.Advance), 1) * Math.Abs(_state.Size) * unit;
            _glyphs.Add(new PlacedGlyph(glyph.Text, origin, direction, across, height, advance * unit, -glyph.OriginX, glyph.Width - glyph.OriginX, true));
            return;
        }

        double width = Math.Abs(glyph.Width * _state.Size * _state.Scale) * unit;
        double em = font.Em;
        var tall = new PdfPoint(across.X * em, across.Y * em);
        _glyphs.Add(new PlacedGlyph(glyph.Text, origin, direction, tall, width, advance * unit, font.Extent.Descent / em, font.Extent.Ascent / em, false));
    }
}
