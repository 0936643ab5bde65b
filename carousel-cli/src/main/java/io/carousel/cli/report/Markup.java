package io.carousel.cli.report;

/** HTML text under construction: {@link #raw} is markup of ours, {@link #text} escapes whatever it is given. */
final class Markup {
    private final StringBuilder html = new StringBuilder(1 << 18);

    Markup raw(String markup) {
        html.append(markup);
        return this;
    }

    Markup open(String element) {
        return raw("<").raw(element).raw(">");
    }

    Markup close(String element) {
        return raw("</").raw(element).raw(">");
    }

    Markup text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
