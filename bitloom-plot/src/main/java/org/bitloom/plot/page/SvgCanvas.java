package org.bitloom.plot.page;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.io.OutputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGeneratorContext.GraphicContextDefaults;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Turns what is drawn on it into SVG; text stays text.
 *
 * <p>Uses no font of the machine, no date and no random name: the same drawing gives the same bytes
 * everywhere.
 */
public final class SvgCanvas extends SVGGraphics2D {
  private static final String NAMESPACE = SVG_NAMESPACE_URI;

  /** Viewers take the first font they have; the widest come first, as the layout expects. */
  private static final String FONTS = "DejaVu Sans, Verdana, Geneva, Arial, sans-serif";

  private SvgCanvas(SVGGeneratorContext context) {
    super(context, false);
  }

  private SvgCanvas(SvgCanvas parent) {
    super(parent);
  }

  public static SvgCanvas blank() {
    Document document = newDocument();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    GraphicContextDefaults defaults = new GraphicContextDefaults();
    defaults.setFont(Lettering.TEXT);
    context.setGraphicContextDefaults(defaults);
    return new SvgCanvas(context);
  }

  private static Document newDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, SVG_SVG_TAG, null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK must have a plain XML parser, found none", e);
    }
  }

  @Override
  public Graphics create() {
    return new SvgCanvas(this);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return new MeasuredMetrics(font);
  }

  /**
   * Writes the drawing as UTF-8.
   *
   * @param words title and description for readers that cannot see
   */
  public void writeTo(OutputStream out, int height, List<String> words) {
    Element root = getRoot();
    root.setAttribute("width", Integer.toString(Page.WIDTH));
    root.setAttribute("height", Integer.toString(height));
    root.setAttribute("viewBox", "0 0 " + Page.WIDTH + " " + height);
    root.setAttribute("font-family", FONTS);
    root.setAttribute("role", "img");
    Document document = root.getOwnerDocument();
    Element description = document.createElementNS(NAMESPACE, "desc");
    description.setTextContent(String.join(" ", words.subList(1, words.size())));
    root.insertBefore(description, root.getFirstChild());
    Element title = document.createElementNS(NAMESPACE, "title");
    title.setTextContent(words.get(0));
    root.insertBefore(title, description);
    try {
      Transformer printer = TransformerFactory.newInstance().newTransformer();
      printer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      printer.setOutputProperty(OutputKeys.INDENT, "yes");
      printer.transform(new DOMSource(root), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException("the JDK must be able to print XML: " + e.getMessage(), e);
    }
  }
}
