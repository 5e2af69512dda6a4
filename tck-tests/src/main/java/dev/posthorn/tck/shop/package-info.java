/** An application that uses Posthorn in every way that the suite looks at. */
package dev.posthorn.tck.shop;
