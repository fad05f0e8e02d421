/**
 * What a run is told to do, engine-free: settings and their JSON, the schedule of learning rates,
 * the files a run starts from or carries. Imports {@code data} and core.
 *
 * <pre>{@code
 * RunSettings settings = SettingsJson.parse(json);
 * double rate = settings.schedule().rate(1);
 * }</pre>
 */
package org.bitloom.settings;
