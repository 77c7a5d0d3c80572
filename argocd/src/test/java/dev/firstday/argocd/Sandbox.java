package dev.firstday.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/**
 * Runs a script with no more than Argo CD gives it: the libraries base, package and table. Argo
 * CD's own tests open all of them, so that a script with {@code string.find} passes there and gives
 * the health Unknown in production.
 */
final class Sandbox {
  private Sandbox() {}

  /**
   * What the script returns for a resource, of which it may change its copy.
   *
   * @return maps, lists, texts, numbers as Double, and booleans; an empty table is an empty map
   */
  static Object run(String script, JsonNode resource) {
    Globals globals = new Globals();
    globals.load(new JseBaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", lua(resource));
    return java(globals.load(script).call());
  }

  /** The resource as a script that changes nothing returns it. */
  static Object unchanged(JsonNode resource) {
    return java(lua(resource));
  }

  private static LuaValue lua(JsonNode json) {
    if (json.isObject()) {
      LuaTable table = new LuaTable();
      json.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
      return table;
    }
    if (json.isArray()) {
      LuaTable table = new LuaTable();
      json.forEach(element -> table.set(table.length() + 1, lua(element)));
      return table;
    }
    if (json.isNumber()) {
      return LuaValue.valueOf(json.doubleValue());
    }
    if (json.isBoolean()) {
      return LuaValue.valueOf(json.booleanValue());
    }
    return json.isNull() ? LuaValue.NIL : LuaValue.valueOf(json.asText());
  }

  private static Object java(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TTABLE -> value.length() > 0 ? list(value) : map(value);
      case LuaValue.TSTRING -> value.tojstring();
      case LuaValue.TNUMBER, LuaValue.TINT -> value.todouble();
      case LuaValue.TBOOLEAN -> value.toboolean();
      default -> throw new AssertionError("a script returned a " + value.typename());
    };
  }

  private static List<Object> list(LuaValue table) {
    List<Object> list = new ArrayList<>();
    for (int i = 1; i <= table.length(); i++) {
      list.add(java(table.get(i)));
    }
    return list;
  }

  private static Map<String, Object> map(LuaValue table) {
    Map<String, Object> map = new TreeMap<>();
    Varargs next = table.next(LuaValue.NIL);
    while (!next.isnil(1)) {
      map.put(next.arg(1).tojstring(), java(next.arg(2)));
      next = table.next(next.arg(1));
    }
    return map;
  }
}
