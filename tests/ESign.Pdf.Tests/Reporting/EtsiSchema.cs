using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>The schema of ETSI TS 119 102-2 v1.4.1 with what it imports.</summary>
internal static partial class EtsiSchema
{
    private static readonly Lazy<XmlSchemaSet> s_schemas = new(Load, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>What the schema says against a report.</summary>
    public static List<string> Problems(string xml)
    {
        var problems = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = s_schemas.Value, XmlResolver = null, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.ProcessIdentityConstraints };
        settings.ValidationEventHandler += (_, problem) =>
        {
            // Our own elements and their attributes stand where the schema lets anything stand, and have no schema; every other warning counts.
            if (problem.Severity == XmlSeverityType.Error || !OwnParts().IsMatch(problem.Message))
            {
                problems.Add(problem.Message);
            }
        };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }

        return problems;
    }

    // Offline: the imports' addresses lead nowhere, the five files name each other by namespace.
    private static XmlSchemaSet Load()
    {
        string folder = SharedData.Require("conformance", "etsi");
        var schemas = new XmlSchemaSet { XmlResolver = null };
        foreach (string file in Directory.EnumerateFiles(folder, "*.xsd"))
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
            schemas.Add(null, reader);
        }

        schemas.Compile();
        return schemas;
    }

    [GeneratedRegex("element 'urn:esign:report:1:\\w+'|attribute '(Level|Permitted|Rule|Page|Rectangle)'", RegexOptions.ExplicitCapture)]
    private static partial Regex OwnParts();
}
