package org.bitloom.plot;

import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bitloom.plot.page.MeasuredFont;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A text of an SVG and the room that it takes on the page.
 *
 * @param box in pixels, without the space that letters such as g and Ä need
 */
record SvgText(String words, Rectangle2D box) {
  private static final Pattern TRANSFORM = Pattern.compile("(\\w+)\\(([^)]*)\\)");

  static Document parse(byte[] svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
  }

  static List<SvgText> allOf(byte[] svg) throws Exception {
    NodeList elements = parse(svg).getElementsByTagName("text");
    List<SvgText> texts = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(of((Element) elements.item(i)));
    }
    return texts;
  }

  private static SvgText of(Element element) {
    double size = Double.parseDouble(inherited(element, "font-size").replace("px", ""));
    boolean bold = inherited(element, "font-weight").equals("bold");
    MeasuredFont font = new MeasuredFont(bold ? Font.BOLD : Font.PLAIN, (int) size);
    double x = Double.parseDouble(element.getAttribute("x"));
    double y = Double.parseDouble(element.getAttribute("y"));
    String words = element.getTextContent();
    Rectangle2D flat = new Rectangle2D.Double(x, y - 0.72 * size, font.widthOf(words), 0.72 * size);
    AffineTransform toPage = new AffineTransform();
    for (Node node = element; node instanceof Element parent; node = node.getParentNode()) {
      toPage.preConcatenate(transform(parent.getAttribute("transform")));
    }
    return new SvgText(words, toPage.createTransformedShape(flat).getBounds2D());
  }

  private static String inherited(Element element, String attribute) {
    for (Node node = element; node instanceof Element parent; node = node.getParentNode()) {
      if (parent.hasAttribute(attribute)) {
        return parent.getAttribute(attribute);
      }
    }
    throw new AssertionError("no " + attribute + " above " + element.getTextContent());
  }

  private static AffineTransform transform(String text) {
    AffineTransform all = new AffineTransform();
    Matcher one = TRANSFORM.matcher(text);
    while (one.find()) {
      String[] numbers = one.group(2).trim().split("[ ,]+", -1);
      double[] n = new double[numbers.length];
      for (int i = 0; i < n.length; i++) {
        n[i] = Double.parseDouble(numbers[i]);
      }
      switch (one.group(1)) {
        case "translate" -> all.translate(n[0], n.length > 1 ? n[1] : 0);
        case "rotate" -> all.rotate(Math.toRadians(n[0]));
        case "matrix" -> all.concatenate(new AffineTransform(n));
        case "scale" -> all.scale(n[0], n.length > 1 ? n[1] : n[0]);
        default -> throw new AssertionError("unknown transform " + one.group());
      }
    }
    return all;
  }
}
