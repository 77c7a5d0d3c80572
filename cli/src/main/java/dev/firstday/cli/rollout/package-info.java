/** Commands about the rollout of a Deployment: see it, follow it, and have a say in it. */
package dev.firstday.cli.rollout;
