package io.carousel.cli.command;

import io.carousel.cell.Cells;
import java.util.Iterator;

/** The names that {@code --cell} takes. */
public final class CellNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Cells.names().iterator();
    }
}
