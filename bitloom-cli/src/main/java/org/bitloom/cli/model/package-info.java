/**
 * The commands that look at what was trained: {@code eval}, {@code inspect}, {@code compare}.
 * Imports {@code cli.command}.
 */
package org.bitloom.cli.model;
