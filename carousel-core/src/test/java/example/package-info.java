/** What a user writes outside the library: the code of the guides, run by the tests of the library's own cells. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
