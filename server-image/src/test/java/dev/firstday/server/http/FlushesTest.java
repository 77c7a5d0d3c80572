package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlushesTest {
  @Test
  void whatIsWrittenInOneTurnOfTheLoopIsFlushedOnceAtItsEnd() throws Exception {
    AtomicInteger flushes = new AtomicInteger();
    EventLoopGroup loops = new DefaultEventLoopGroup(1);
    try {
      Channel channel = connect(loops, counting(flushes), Flushes.handler());

      channel
          .eventLoop()
          .submit(
              () -> {
                channel.writeAndFlush("one");
                channel.writeAndFlush("two");
                assertThat(flushes).hasValue(0);
              })
          .get(10, TimeUnit.SECONDS);
      channel.eventLoop().submit(() -> {}).get(10, TimeUnit.SECONDS);

      assertThat(flushes).hasValue(1);
    } finally {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }

  /** In memory, to a peer that takes whatever comes. */
  private static Channel connect(EventLoopGroup loops, ChannelHandler... handlers)
      throws Exception {
    LocalAddress address = new LocalAddress(FlushesTest.class);
    new ServerBootstrap()
        .group(loops)
        .channel(LocalServerChannel.class)
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(address)
        .get(10, TimeUnit.SECONDS);
    ChannelFuture connected =
        new Bootstrap()
            .group(loops)
            .channel(LocalChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(handlers);
                  }
                })
            .connect(address);
    connected.get(10, TimeUnit.SECONDS);
    return connected.channel();
  }

  /** Else an answer would be lost with the connection. */
  @Test
  void whatIsWrittenBeforeTheEndOfAConnectionIsSent() {
    EmbeddedChannel channel = new EmbeddedChannel(Flushes.handler());

    channel
        .eventLoop()
        .execute(
            () -> {
              channel.pipeline().writeAndFlush("last");
              channel.pipeline().close();
            });
    channel.runPendingTasks();

    assertThat(channel.<String>readOutbound()).isEqualTo("last");
    assertThat(channel.isOpen()).isFalse();
  }

  /** A later Vert.x may hide its pipelines: then this is to be seen, and not in the figures. */
  @Test
  void connectionsOfVertxHavePipelines() throws Exception {
    Vertx vertx = EventLoops.start();
    try {
      CompletableFuture<HttpConnection> served = new CompletableFuture<>();
      int port =
          vertx
              .createHttpServer()
              .connectionHandler(served::complete)
              .requestHandler(request -> request.response().end())
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .actualPort();
      CompletableFuture<HttpConnection> asked = new CompletableFuture<>();
      vertx
          .httpClientBuilder()
          .withConnectHandler(asked::complete)
          .build()
          .request(HttpMethod.GET, port, "127.0.0.1", "/")
          .compose(request -> request.send());

      assertThat(served.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectionBase.class);
      assertThat(asked.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectionBase.class);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static ChannelOutboundHandlerAdapter counting(AtomicInteger flushes) {
    return new ChannelOutboundHandlerAdapter() {
      @Override
      public void flush(ChannelHandlerContext context) {
        flushes.incrementAndGet();
        context.flush();
      }
    };
  }
}
