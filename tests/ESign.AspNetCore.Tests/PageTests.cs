using System.Text.Json.Nodes;
using ESign.Testing;
using Microsoft.Playwright;

namespace ESign.AspNetCore.Tests;

/// <summary>The pages in a real browser: they work, ask nobody but their server, and break no line of their policy.</summary>
public sealed class PageTests(RunningServer server) : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _complaints = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            Ci.SkipOrFail("chromium is not installed");
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Verify_shows_the_verdict_and_marks_the_signature_on_its_page()
    {
        string file = _folder.Write("contract.pdf", await VerificationTests.SignAsync(server));
        IPage page = await OpenAsync("/verify", "zh-CN", width: 1200);
        await page.SetInputFilesAsync("#file", file);
        await Assertions.Expect(page.Locator("#headline.valid")).ToHaveTextAsync("全部签名有效");
        await Assertions.Expect(page.Locator("rect.mark.valid")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".card").First).ToContainTextAsync("深圳示例科技有限公司");
        await ScreenshotAsync(page, "verify");
        await page.SetViewportSizeAsync(390, 844);
        await ScreenshotAsync(page, "verify-phone");
        foreach (string format in new[] { "PDF", "HTML", "JSON", "XML" })
        {
            IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "下载报告 " + format }).ClickAsync());
            Assert.Equal($"contract.report.{format.ToLowerInvariant()}", download.SuggestedFilename);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 500);
        }

        await page.ClickAsync("#language");
        await Assertions.Expect(page.Locator("#headline.valid")).ToHaveTextAsync("Every signature is valid");
        await Assertions.Expect(page.Locator("nav a[aria-current=page]")).ToHaveTextAsync("Verify");
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Verify_says_what_is_wrong_with_a_file_that_is_none()
    {
        IPage page = await OpenAsync("/verify", "en-US", width: 390);
        await page.SetInputFilesAsync("#file", _folder.Write("x.pdf", "hello"u8.ToArray()));
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("%PDF-");
        Assert.DoesNotContain(_complaints, static complaint => complaint.Contains("Content Security", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Locate_gives_the_control_where_the_seal_was_dragged()
    {
        IPage page = await OpenAsync("/locate", "zh-CN", width: 1200);
        await page.SetInputFilesAsync("#file", Repository.PathTo("samples", "QuickStart", "contract.pdf"));
        ILocator seal = page.Locator("rect.seal");
        await Assertions.Expect(seal).ToBeVisibleAsync();
        await seal.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await seal.BoundingBoxAsync())!;
        LocatorBoundingBoxResult sheet = (await page.Locator("#sheet svg").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 200, box.Y + (box.Height / 2) + 100);
        await page.Mouse.UpAsync();
        await seal.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        JsonNode control = JsonNode.Parse(await page.Locator("#control").InnerTextAsync())!;
        double pageWidth = double.Parse((await page.Locator("#sheet svg").GetAttributeAsync("viewBox"))!.Split(' ')[2]);
        double pointsPerPixel = pageWidth / sheet.Width;
        Assert.Equal((200 * pointsPerPixel) + 1, (double)control["ComponentPosX"]!, 0.5);
        Assert.Equal(100 * pointsPerPixel, (double)control["ComponentPosY"]!, 0.5);
        Assert.Equal((119, 119, 1), ((int)control["ComponentWidth"]!, (int)control["ComponentHeight"]!, (int)control["ComponentPage"]!));
        Assert.InRange(pageWidth, 594, 597); // A4
        Assert.Equal(["ComponentType", "GenerateMode", "FileIndex", "ComponentPage", "ComponentPosX", "ComponentPosY", "ComponentWidth", "ComponentHeight"], control.AsObject().Select(static member => member.Key));
        await ScreenshotAsync(page, "locate");
        await page.SetViewportSizeAsync(390, 844);
        await ScreenshotAsync(page, "locate-phone");
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData("/verify")]
    [InlineData("/locate")]
    public async Task Everything_is_reached_by_keyboard_and_has_a_name(string path)
    {
        IPage page = await OpenAsync(path, "zh-CN", width: 390);
        await page.SetInputFilesAsync("#file", path == "/locate" ? Repository.PathTo("samples", "QuickStart", "contract.pdf") : _folder.Write("contract.pdf", await VerificationTests.SignAsync(server)));
        await Assertions.Expect(page.Locator("canvas").First).ToBeVisibleAsync();
        string unnamed = await page.EvaluateAsync<string>(
            """
            [...document.querySelectorAll("button, a, input, canvas, pre, [role]")]
              .filter(each => !each.hidden && each.getAttribute("role") !== "status")
              .filter(each => !(each.textContent || each.getAttribute("aria-label") || each.labels?.length || each.getAttribute("aria-labelledby")))
              .map(each => each.outerHTML.slice(0, 100)).join("\n")
            """);
        Assert.Equal("", unnamed);
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
        await page.Keyboard.PressAsync("Tab");
        var reached = new List<string>();
        for (int i = 0; i < 25; i++)
        {
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.className?.baseVal || document.activeElement.textContent"));
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.All(path == "/locate" ? ["language", "file", "page", "x", "y", "width", "height", "seal", "control", "copy"] : new[] { "language", "file" }, each => Assert.Contains(each, reached));
        bool fits = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth");
        Assert.True(fits, "the page is wider than a phone");
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task The_policy_allows_no_inline_script_and_no_outside_origin()
    {
        using HttpResponseMessage response = await server.Client.GetAsync("/verify");
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    private async Task<IPage> OpenAsync(string path, string locale, int width)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions { Locale = locale, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _complaints.Add("asked " + request.Url);
            }
        };
        await page.GotoAsync(new Uri(server.Address, path).ToString());
        return page;
    }

    // To be looked at: ESIGN_SCREENSHOTS names a folder.
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ESIGN_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
