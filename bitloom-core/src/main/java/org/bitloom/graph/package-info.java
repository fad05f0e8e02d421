/**
 * The network as an immutable description, without any engine: nodes with checked shapes,
 * parameters with readable names, shapes and roles, the form that files hold, and the networks
 * known by name. Knows nothing of bits; imports {@code error}.
 *
 * <pre>{@code
 * Graph graph = KnownNetworks.of("resnet20", List.of(3, 32, 32), 10);
 * graph.shapeOf("stage2.block1.conv1");                     // [32, 16, 16]
 * graph.parameter("stage2.block1.conv1.weight").role();     // WEIGHT
 * GraphJson.parse(GraphJson.print(graph)).equals(graph);    // true
 * }</pre>
 */
package org.bitloom.graph;
