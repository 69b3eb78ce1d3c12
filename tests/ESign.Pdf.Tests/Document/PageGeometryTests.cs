using ESign.Pdf.Document;

namespace ESign.Pdf.Tests.Document;

/// <summary>Displayed coordinates (top-left origin, after /Rotate) against user space, for every rotation and odd boxes.</summary>
public sealed class PageGeometryTests
{
    private static readonly PdfRectangle Crop = new(20, 30, 520, 730);

    [Theory]
    [InlineData(0, 30, 670, 130, 720)]     // x0+px, y1−py−h
    [InlineData(90, 30, 40, 80, 140)]      // x0+py, y0+px, w and h swapped
    [InlineData(180, 410, 40, 510, 90)]    // x1−px−w, y0+py
    [InlineData(270, 460, 620, 510, 720)]  // x1−py−h, y1−px−w, w and h swapped
    public void A_displayed_rectangle_lies_where_each_rotation_puts_it(int rotation, double left, double bottom, double right, double top)
    {
        var geometry = new PageGeometry(Crop, rotation, 1);
        Assert.Equal(new PdfRectangle(left, bottom, right, top), geometry.ToUserSpace(new DisplayedRectangle(10, 10, 100, 50)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void User_space_and_display_are_inverse(int rotation)
    {
        var geometry = new PageGeometry(new PdfRectangle(-40, -10.5, 555, 831.5), rotation, 1);
        var displayed = new DisplayedRectangle(12.25, 400.5, 119, 43);
        Assert.Equal(displayed, geometry.ToDisplayed(geometry.ToUserSpace(displayed)));
    }

    [Theory]
    [InlineData(0, 500, 700)]
    [InlineData(90, 700, 500)]
    [InlineData(180, 500, 700)]
    [InlineData(270, 700, 500)]
    public void A_quarter_turn_swaps_the_displayed_size(int rotation, double width, double height)
    {
        var geometry = new PageGeometry(Crop, rotation, 1);
        Assert.Equal((width, height), (geometry.DisplayedWidth, geometry.DisplayedHeight));
    }

    /// <summary>ISO 32000-2 §12.5.5: the transformed BBox must have the size and orientation of the annotation's /Rect.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void The_appearance_matrix_turns_the_box_onto_the_origin_with_the_size_of_the_rect(int rotation)
    {
        var geometry = new PageGeometry(Crop, rotation, 1);
        PdfRectangle rect = geometry.ToUserSpace(new DisplayedRectangle(10, 20, 119, 43));
        PdfRectangle transformed = geometry.AppearanceMatrix(119, 43).Apply(new PdfRectangle(0, 0, 119, 43));
        Assert.Equal(new PdfRectangle(0, 0, rect.Width, rect.Height), transformed);
    }

    /// <summary>The top-left corner of the appearance must land on the displayed top-left corner.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void The_content_matrix_keeps_the_drawing_upright_as_displayed(int rotation)
    {
        var geometry = new PageGeometry(Crop, rotation, 1);
        var displayed = new DisplayedRectangle(10, 20, 100, 50);
        PdfPoint topLeft = geometry.ContentMatrix(displayed).Apply(new PdfPoint(0, 50));
        PdfPoint bottomRight = geometry.ContentMatrix(displayed).Apply(new PdfPoint(100, 0));
        Assert.Equal((10d, 20d), Show(geometry, topLeft));
        Assert.Equal((110d, 70d), Show(geometry, bottomRight));
    }

    [Fact]
    public void The_visible_box_is_the_crop_box_clipped_to_the_media_box()
    {
        PageGeometry geometry = PageGeometry.Create(new PdfRectangle(0, 0, 595, 842), new PdfRectangle(-20, 50, 700, 800), 0, 1);
        Assert.Equal(new PdfRectangle(0, 50, 595, 800), geometry.Box);
    }

    [Theory]
    [InlineData(-90, 270)]
    [InlineData(450, 90)]
    [InlineData(-360, 0)]
    [InlineData(45, 0)]
    [InlineData(long.MinValue, 0)]
    public void A_rotation_is_normalised(long rotate, int expected) =>
        Assert.Equal(expected, PageGeometry.Create(new PdfRectangle(0, 0, 595, 842), null, rotate, 1).Rotation);

    [Fact]
    public void Unusable_boxes_and_units_fall_back_to_what_readers_show()
    {
        PageGeometry apart = PageGeometry.Create(new PdfRectangle(0, 0, 595, 842), new PdfRectangle(1000, 1000, 1200, 1200), 0, 0);
        PageGeometry empty = PageGeometry.Create(new PdfRectangle(5, 5, 5, 5), null, 0, double.NaN);
        Assert.Equal(new PdfRectangle(0, 0, 595, 842), apart.Box);
        Assert.Equal(new PdfRectangle(0, 0, 612, 792), empty.Box);
        Assert.Equal((1d, 1d), (apart.UserUnit, empty.UserUnit));
    }

    private static (double X, double Y) Show(PageGeometry geometry, PdfPoint point)
    {
        DisplayedRectangle shown = geometry.ToDisplayed(new PdfRectangle(point.X, point.Y, point.X, point.Y));
        return (shown.X, shown.Y);
    }
}
