/** The linear model that a network is held against. */
package dev.firstday.trainer.train.linear;
