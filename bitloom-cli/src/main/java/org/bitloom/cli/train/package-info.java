/**
 * The command {@code train}: options to settings, settings to a run, a run to lines. Imports {@code
 * cli.command} and {@code cli.payload}.
 */
package org.bitloom.cli.train;
