package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.Load;
import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Starts a run, on managed threads, and answers when it is over: no request is part of what is measured. */
@WebServlet("/load")
public class LoadServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Contenders contenders;

    @Resource
    private transient ManagedThreadFactory threads;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        LoadRequest load = LoadRequest.of(request::getParameter);
        try {
            LoadResult result = Load.run(load, contenders.of(load.variant()).business(), threads);
            result.write(response.getOutputStream());
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
